package dev.concord.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Lines of text, compressed and cut into parts that fit into one row of any database. */
final class Parts {

    /** What a part holds at most before it is compressed; a line that is longer makes a part of its own. */
    private static final int PART_BYTES = 1_000_000;

    private Parts() {}

    static List<byte[]> encode(List<String> lines) {
        List<byte[]> parts = new ArrayList<>();
        ByteArrayOutputStream collected = new ByteArrayOutputStream();
        for (String text : lines) {
            byte[] line = (text + '\n').getBytes(StandardCharsets.UTF_8);
            if (collected.size() > 0 && collected.size() + line.length > PART_BYTES) {
                parts.add(deflate(collected));
                collected.reset();
            }
            collected.writeBytes(line);
        }
        if (collected.size() > 0) {
            parts.add(deflate(collected));
        }
        return parts;
    }

    static List<String> decode(byte[] part) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(part))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("A part of what the ledger keeps is damaged.", e);
        }
    }

    private static byte[] deflate(ByteArrayOutputStream lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            lines.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }
}
