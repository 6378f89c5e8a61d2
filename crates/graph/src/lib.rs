//! Claims to RDF.
