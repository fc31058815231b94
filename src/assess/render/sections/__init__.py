"""What a document says, one module per section, each named as its template in templates/parts."""
