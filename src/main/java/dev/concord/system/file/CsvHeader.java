package dev.concord.system.file;

import dev.concord.mapping.SystemDefinition.FileObjects;
import dev.concord.system.SystemUnavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The header row of a CSV file, for whoever wants to know the columns and nothing else. */
public final class CsvHeader {

    private CsvHeader() {}

    /**
     * The columns that a file's first line names; empty when there is no such file or it cannot be read, which a run
     * that needs it explains.
     *
     * @param jobsFolder the folder of the definitions; files are named relative to its folder {@code systems}
     */
    public static Optional<List<String>> columns(Path jobsFolder, FileObjects objects) {
        Path file = jobsFolder.resolve("systems").resolve(objects.file()).normalize();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        CsvFormat format = new CsvFormat(
                objects.file(),
                objects.id(),
                objects.delimiter(),
                Charset.forName(objects.charset()),
                objects.attributes());
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(format.read(in).layout().columns());
        } catch (IOException | SystemUnavailable e) {
            return Optional.empty();
        }
    }
}
