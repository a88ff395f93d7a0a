"""Values of custom fields, in `custom_<list_id>` (contract: "Custom field values")."""
