"""The report of a sweep: sections of sentences, figures and tables, and one page that shows them."""
