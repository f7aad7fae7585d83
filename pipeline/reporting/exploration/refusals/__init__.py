"""What cleaning would refuse, in lines and in money."""
