"""The product tree of a STEP file, read from its text: parts, sub-assemblies, quantities and readable names."""
