"""The bytes of kept files: encrypted, named by digest, found through rows. Imports lib and audit."""
