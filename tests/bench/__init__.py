# Questions with steps to choose from in the form that the elev answers. The floor draws as many.
CRITERIA = 25
