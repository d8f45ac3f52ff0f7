"""Files for the clinic's chart and the client's calendar: note, FHIR, ICS."""
