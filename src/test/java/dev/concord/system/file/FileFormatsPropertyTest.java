package dev.concord.system.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.system.SystemUnavailable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FileFormatsPropertyTest {

    @Property
    void whateverIsWrittenIsReadBack(@ForAll("texts") List<String> texts) throws Exception {
        CsvFormat format = new CsvFormat("set", "id", ',', StandardCharsets.UTF_8, Map.of());
        RecordFormat.Layout layout = new RecordFormat.Layout(List.of("id", "a", "b"), false, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RecordFormat.Writer writer = format.write(out, layout);
        for (int i = 0; i < texts.size(); i++) {
            writer.put("i" + i, Map.of("a", texts.get(i), "b", "x"), null);
        }
        writer.finish();
        RecordFormat.Reader reader = format.read(new ByteArrayInputStream(out.toByteArray()));
        for (int i = 0; i < texts.size(); i++) {
            SourceRecord.Whole record = (SourceRecord.Whole) reader.next();
            assertThat(record.id()).isEqualTo("i" + i);
            assertThat(record.content().getOrDefault("a", "")).isEqualTo(texts.get(i));
        }
        assertThat(reader.next()).isNull();
    }

    /** Whatever the bytes of a file are, reading ends, and nobody reads what is not there. */
    @Property
    void anyBytesAreEitherRecordsOrTroubleWithTheFile(@ForAll byte[] bytes, @ForAll boolean afterAHeader)
            throws Exception {
        byte[] header = (afterAHeader ? "id,a,b\n" : "").getBytes(StandardCharsets.UTF_8);
        byte[] file = ByteBuffer.allocate(header.length + bytes.length)
                .put(header)
                .put(bytes)
                .array();
        try {
            RecordFormat.Reader csv = new CsvFormat("set", "id", ',', StandardCharsets.UTF_8, Map.of())
                    .read(new ByteArrayInputStream(file));
            for (SourceRecord record = csv.next(); record != null; record = csv.next()) {
                assertThat(record.line()).isPositive();
            }
        } catch (SystemUnavailable e) {
            assertThat(e).hasMessageStartingWith("set: ");
        }
        RecordFormat.Reader json =
                new JsonFormat("set", "id", StandardCharsets.UTF_8, Map.of()).read(new ByteArrayInputStream(file));
        for (SourceRecord record = json.next(); record != null; record = json.next()) {
            assertThat(record.line()).isPositive();
        }
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.strings()
                .withChars("ab,;\"'\n\r\t #\u00fc\u5c71".toCharArray())
                .ofMaxLength(12)
                .list()
                .ofMaxSize(20);
    }
}
