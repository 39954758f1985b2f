"""Why a day went otherwise than planned: parts of five factors that add up."""
