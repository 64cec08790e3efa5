"""Excel workbooks .xlsx read row by row in little room, whatever their size and whoever made them."""
