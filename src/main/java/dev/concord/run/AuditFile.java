package dev.concord.run;

import dev.concord.record.Json;
import dev.concord.system.SystemUnavailable;
import dev.concord.system.file.DiskTrouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what, and when: a file that is only ever added to, one JSON object a line, on the disk before the change
 * is made. It holds ids and names, never values. Safe for use by several threads.
 */
public final class AuditFile {

    private final Path file;
    private final Clock clock;

    public AuditFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Adds a line.
     *
     * @param who the name of the user
     * @param what such as {@code definition.write}
     * @param object the address of what is changed, such as {@code config/mapping/hr}
     * @param details such as hashes; no values of records
     * @throws SystemUnavailable when it cannot be written; then what was to be done should not be done
     */
    public synchronized void add(
            String who, String what, String object, Map<String, ? extends @Nullable Object> details) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("timestamp", clock.instant().toString());
        line.put("user", who);
        line.put("event", what);
        line.put("object", object);
        line.putAll(details);
        ByteBuffer bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            }
        } catch (IOException e) {
            throw new SystemUnavailable(
                    "The audit log " + file + " cannot be written, so nothing was changed: " + DiskTrouble.reason(e),
                    e);
        }
    }
}
