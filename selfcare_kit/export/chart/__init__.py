"""What goes into the clinic's chart and calendar: note, FHIR, ICS."""
