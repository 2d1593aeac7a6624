import type { ErrorCodeTable } from "@gillnet/entity";

/** Every code that this package throws. */
export const tableErrors: ErrorCodeTable = {
  TABLE_COLUMN_DUPLICATE: {
    meaning: "Two columns of one file have the same name.",
    remedy:
      "Rename or remove one of the two columns. Parquet files and `matchCase: false` do not tell upper and lower case apart.",
  },
  TABLE_COLUMN_MISSING: {
    meaning: "Columns that the schema names are not in the file.",
    remedy: "Correct the names in the schema or in the file's header; near names are suggested.",
  },
  TABLE_COLUMN_TYPE: {
    meaning: "A Parquet column has a type that holds neither numbers nor text, such as a list.",
    remedy: "Leave the column out of the schema, or write it as numbers or text.",
  },
  TABLE_CSV_EMPTY: {
    meaning: "The CSV file holds nothing, not even a header.",
    remedy: "Check that the file was written to its end; the first line must name the columns.",
  },
  TABLE_CSV_ENCODING: {
    meaning: "The CSV file is not UTF-8: it is UTF-16, or its header holds other bytes.",
    remedy: "Save the file as CSV UTF-8.",
  },
  TABLE_CSV_HEADER: {
    meaning: "The first line of the CSV file cannot be read as a header.",
    remedy: "Close every quote of the first line, and let it name the columns.",
  },
  TABLE_CSV_NOT_TEXT: {
    meaning: "The file given as CSV is binary.",
    remedy: "Unpack or export it to CSV; a Parquet file is read as Parquet.",
  },
  TABLE_ENGINE_UNAVAILABLE: {
    meaning: "The DuckDB library, which reads and writes Parquet, cannot be loaded.",
    remedy: "Install again; DuckDB has builds for Linux, macOS and Windows on x64 and ARM.",
  },
  TABLE_FILE_NOT_FOUND: {
    meaning: "The file is not there.",
    remedy: "Check the path; a relative path starts from the working folder.",
  },
  TABLE_FILE_UNREADABLE: {
    meaning: "The file is there but cannot be read: it is a folder, or access is denied.",
    remedy: "Give the path of a file that this user may read.",
  },
  TABLE_FILE_UNWRITABLE: {
    meaning: "The file cannot be written.",
    remedy:
      "Check that the folder exists, that this user may write there, and that the disk has room.",
  },
  TABLE_NPY_DTYPE: {
    meaning: "The .npy file does not hold little-endian float64 numbers in C order.",
    remedy: "Save it with numpy.save(path, numpy.ascontiguousarray(a, dtype='<f8')).",
  },
  TABLE_NPY_LENGTH: {
    meaning: "The .npy file is shorter or longer than its shape says.",
    remedy: "Write the file again; it was cut off, or its header does not belong to its data.",
  },
  TABLE_NPY_NOT_NPY: {
    meaning: "The file is not a .npy file, or its header cannot be read.",
    remedy: "Save the array with numpy.save.",
  },
  TABLE_NPY_SHAPE: {
    meaning:
      "The array is not a matrix: it has no dimension or more than two, or its data do not fill its shape.",
    remedy: "Reshape it to (rows, columns).",
  },
  TABLE_NPY_VERSION: {
    meaning: "The .npy format version is not 1.0, 2.0 or 3.0.",
    remedy: "Save the array with a released NumPy.",
  },
  TABLE_PARQUET_UNREADABLE: {
    meaning: "The file is not Parquet, or it is damaged.",
    remedy: "Write the file again; the message names what DuckDB stumbled over.",
  },
  TABLE_PART_BAD: {
    meaning: "An ingested file holds a row whose label belongs to neither class of the schema.",
    remedy: "Run ingestion again: it takes such rows out, so its files were changed since.",
  },
};
