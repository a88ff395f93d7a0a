"""The duplicate check of POST /leads and of the bulk import."""
