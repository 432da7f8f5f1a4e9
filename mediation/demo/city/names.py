"""Names of invented people: common first names, and surnames made of the region's words rather than of its families."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FEMALE = _words("""
    Lucette Amina Fatima Monique Jeannine Yvette Colette Aïcha Nadia Sylvie Martine Josette Khadija Maria Rosa Elena
    Oksana Halyna Leïla Samira Chantal Odile Thérèse Ginette Denise Paulette Simone Arlette Mireille Conceição Inès
    Sabrina Christine Brigitte Zohra Malika Nora Claudine Andrée Renée
""")
MALE = _words("""
    Hassan Paul Roger Marcel André Mohamed Ahmed Karim Michel Gérard Jean Robert Serge Antoine Manuel José Carlos
    Dmytro Andriy Youssef Saïd Omar Lucien Raymond Guy Bernard Ali Moussa Abdou Thierry Pascal Denis Émile Fernand
""")
SURNAMES = _words("""
    Garonnel Violette Cassoulade Briquet Autan Canaleau Platanel Ramieux Lauraguel Montalbet Aussonelle Pastellier
    Boulbenne Capitelle Escaladieu Figarède Galoubet Hersan Jasminel Labourdette Marengue Noisetel Oliveran Pradelle
    Quercynol Rocamel Saurimonde Tarnaise Uzerchel Vignemale Zéphirin Amandiel Bastidon Castelas Daurade Estivel
    Fontanal Gravelle Hirondel Izardet Jolimel Lalandelle Minimel Niellet Ormelet Peyrolade Rangueillet Soupetel
""")
