package dev.concord.acceptance;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The HR file of the sample company, to be edited as HR would. */
final class EmployeeFile {

    private final Path file;
    private final List<Map<String, String>> rows = new ArrayList<>();

    EmployeeFile(Path file) {
        this.file = file;
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            reader.forEach(row -> rows.add(new LinkedHashMap<>(row.getFieldsAsMap())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows, by column, in the order of the file; changes count once the file is saved. */
    List<Map<String, String>> rows() {
        return rows;
    }

    void save() {
        try (CsvWriter writer = CsvWriter.builder().build(file)) {
            writer.writeRecord(rows.getFirst().keySet());
            rows.forEach(row -> writer.writeRecord(row.values()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
