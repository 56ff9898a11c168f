"""ledningens_genomgang.zip: the review as it goes into the diary, sealed so that it can be checked with nothing but
itself.

`seal` makes it of an organisation's finished folder, `check` says what in one isn't as it was sealed, `figures`
whether its figures follow from its evidence.
"""
