"""Files that people send in: hostile until proven otherwise, and served only by a view that asks who may.

    FilFelt (fields.py)     a form field: its cleaned value is a CheckedFile, or the form has an error in plain Danish
    keep (store.py)         puts a CheckedFile away and answers the row, a core.Fil, that its owner points to
    file_response (serve.py) hands it out, for a view that has asked its permissions

On the way in (examine.py): size, kind by content (kinds.py), then what the kind demands. PDF, pictures and Office files
are read in a process of their own (apart.py) with little memory, little time and no secrets: pdf.py, images.py,
office.py. Text is read by plain.py. Last a virus scanner, if there is one (scanner.py). reasons.py has the words for
each refusal. The bytes lie where disk.py puts them.
"""
