"""Objects as metadata: catalog, field kinds, physical tables and the query compiler."""
