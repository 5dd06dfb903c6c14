"""Premium tables as editors paste them: cells that were copied from Excel or Word."""

# The shipped table with other figures in its first row.
SIX_ROWS = (
    "1\t10億円\t10億円\t1億円\t-\t-\t150,000円〜310,000円\t12,500円〜25,830円\n"
    "2\t10億円\t10億円\t1億円\t1億円\t1カ月\t384,230円〜837,380円\t32,020円〜69,780円\n"
    "3\t50億円\t10億円\t1億円\t-\t-\t270,190円〜588,420円\t22,520円〜49,040円\n"
    "4\t50億円\t10億円\t1億円\t1億円\t1カ月\t987,190円〜2,150,420円\t82,260円〜179,200円\n"
    "5\t100億円\t10億円\t1億円\t-\t-\t376,220円〜819,310円\t31,350円〜68,270円\n"
    "6\t100億円\t10億円\t1億円\t1億円\t1カ月\t1,448,220円〜3,153,310円\t120,690円〜262,860円\n"
)

# Fewer rows than the shipped table has, and other figures in each.
TWO_ROWS = (
    "1\t10億円\t10億円\t1億円\t-\t-\t150,000円〜310,000円\t12,500円〜25,830円\n"
    "2\t10億円\t10億円\t1億円\t1億円\t1カ月\t390,000円〜840,000円\t32,500円〜70,000円\n"
)
