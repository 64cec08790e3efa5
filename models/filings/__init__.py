"""提交登记: what a filer hands in, what lies with it, and the two numbers by which it is found again."""
