package dev.concord.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.concord.bench.BenchmarkData.Attribute;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The people of the benchmarks in a CSV file. */
final class SourceFile {

    private SourceFile() {}

    static void write(Path file, long rows) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            List<String> header = new ArrayList<>(List.of("id"));
            BenchmarkData.ATTRIBUTES.stream().map(Attribute::column).forEach(header::add);
            csv.writeRecord(header);
            for (long person = 0; person < rows; person++) {
                List<String> row = new ArrayList<>(List.of(BenchmarkData.sourceId(person)));
                for (Object value : BenchmarkData.values(person, 0)) {
                    row.add(value.toString());
                }
                csv.writeRecord(row);
            }
        }
    }

    /** Reads all rows behind the header. */
    static void read(Path file, Consumer<CsvRecord> use) throws IOException {
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
            boolean header = true;
            for (CsvRecord record : csv) {
                if (!header) {
                    use.accept(record);
                }
                header = false;
            }
        }
    }
}
