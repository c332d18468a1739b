"""Score distribution: are these numbers scores at all, and do they tell documents apart?"""
