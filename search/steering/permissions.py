"""Who may see what of the steering; groups are given Django's own permissions."""

#: Trying the search out, with the reasons for each result.
TRY = "torv_search.view_synonym"
#: What readers ask.
LOG = "torv_search.view_querycount"
