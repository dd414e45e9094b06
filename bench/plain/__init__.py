"""The plain twin of the pages: the same reads and writes by the ORM and Django's templates.

What somebody who knows Django well would write in a week: one view a page, `select_related`,
`prefetch_related` and subqueries where they save a query a row, templates that compute what they
show, and Django's own middleware. It shows what our pages show, in plainer markup, and knows no
archived groups, pages of long threads, live pieces or keys of forms.
"""
