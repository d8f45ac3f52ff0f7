"""The figures of a course: for the clinician, for the client, and for a clinic. Only this room here has matplotlib."""
