"""What is asked of those who deliver: each register's columns in words, as a schema and as an empty workbook."""
