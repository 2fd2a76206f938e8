"""Who may do what: keys, their roles and scopes, the page's session, and how often anybody may ask."""
