"""Bills of materials: rows from a product tree, their names in English, and files for spreadsheets."""
