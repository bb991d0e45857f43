"""Practice without a record: a run that only the page knows. Nothing about the person is stored anywhere."""
