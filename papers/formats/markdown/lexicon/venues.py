"""Names of conferences, journals and series."""

# fmt: off
CONFERENCES = [
    "AAAI", "ACL", "AISTATS", "ATC", "BMVC", "CAV", "CCS", "CHI", "CIDR", "CIKM", "CoNLL",
    "COLING", "COLT", "CoRL", "CRYPTO", "CSCW", "CVPR", "DAC", "DATE", "DISC", "EACL", "EC",
    "ECAI", "ECCV", "ECIR", "ECOOP", "EMNLP", "ESOP", "EUROCRYPT", "EuroSys", "FAccT", "FAST",
    "FOCS", "FSE", "FPGA", "GECCO", "HotNets", "HotOS", "HPCA", "ICALP", "ICASSP", "ICCV",
    "ICDE", "ICDM", "ICFP", "ICIP", "ICLR", "ICML", "ICRA", "ICSE", "IJCAI", "IJCNN", "INFOCOM",
    "INTERSPEECH", "IROS", "ISCA", "ISMIR", "ISSTA", "IUI", "KDD", "LICS", "LREC", "MICCAI",
    "MICRO", "MLSys", "MobiCom", "NAACL", "NDSS", "NeurIPS", "NIPS", "NSDI", "OOPSLA", "OSDI",
    "PLDI", "PODC", "PODS", "POPL", "PPoPP", "RecSys", "RSS", "SIGCOMM", "SIGGRAPH", "SIGIR",
    "SIGMOD", "SODA", "SOSP", "SPAA", "STOC", "TACAS", "UAI", "UIST", "VLDB", "WACV", "WINE",
    "WSDM", "WWW",
]
LONG_CONFERENCES = (
    "ACM MM", "IEEE S&P", "USENIX Security", "USENIX ATC", "IEEE VIS", "SIGGRAPH Asia",
    "The Web Conference",
    "Findings of ACL", "Findings of EMNLP", "ACM SIGCOMM", "ACM CCS", "IEEE INFOCOM", "EuroS&P",
)
JOURNALS = [
    "Nature", "Science", "Cell", "PNAS", "JMLR", "TPAMI", "IJCV", "TACL", "CACM", "TMLR",
    "PVLDB", "JAIR", "TOCS", "TOPLAS", "Neuron", "The Lancet", "eLife", "Nature Methods",
    "Nature Communications", "Science Advances", "PLOS ONE", "PLoS Biology",
    "Physical Review Letters", "Physical Review D", "Annals of Mathematics",
    "Annals of Statistics", "Journal of Finance", "Econometrica", "American Economic Review",
    "Quarterly Journal of Economics", "Journal of Political Economy",
    "Journal of Machine Learning Research", "IEEE Access",
    "IEEE Transactions on Information Theory", "Communications of the ACM", "Neural Computation",
    "Neural Networks", "Artificial Intelligence", "Biometrika", "Journal of the ACM",
    "Cognitive Science", "Psychological Review", "Language", "Mind", "Synthese",
    "Bioinformatics", "Nucleic Acids Research", "Computers & Security",
    "Expert Systems with Applications", "Information Sciences", "Journal of Big Data", "AI Open",
    "ACM Computing Surveys", "Foundations and Trends in Machine Learning",
    "The Astrophysical Journal", "Geophysical Research Letters", "Ecology Letters", "Demography",
    "World Politics", "American Sociological Review", "Past & Present",
    "Journal of Archaeological Science", "Ecology, 2nd Series", "JAMA", "BMJ", "NEJM",
    "Pattern Recognition", "Neurocomputing", "Information Fusion", "Harvard Law Review",
]
PREPRINTS = (
    "arXiv", "arXiv", "arXiv", "ArXiv", "Arxiv", "arXiv preprint", "CoRR", "bioRxiv", "medRxiv",
    "SSRN", "Preprint",
)
OTHERS = [
    "NBER Working Paper", "Technical Report", "Tech Report", "PhD thesis", "Master's thesis",
    "MIT Press", "Springer", "IEEE", "OpenAI", "Cambridge University Press", "O'Reilly", "Blog",
    "White paper", "Lecture Notes in Computer Science", "Under review",
]
# fmt: on
