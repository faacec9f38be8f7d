({_queryFilter: 'mail eq "' + source.mail + '"'})
