package dev.concord.api;

import dev.concord.record.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query's answer that is sent while it is read, for results that do not fit into memory. As long as little has been
 * written, trouble is still told as an error; later, the answer breaks off and is no JSON. Not safe for use by several
 * threads.
 */
public final class StreamedAnswer {

    /** Until so much is written, an error can still be answered as one. */
    private static final int BUFFER = 65_536;

    private final QueryRequest request;
    private final Writer out;
    private long count;

    public StreamedAnswer(QueryRequest request, HttpServletResponse response) throws IOException {
        this.request = request;
        response.setContentType("application/json");
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        this.out =
                new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), BUFFER);
    }

    /** Adds a result, with the fields that were asked for; throws when whoever asked is gone. */
    public void add(Map<String, @Nullable Object> result) throws IOException {
        out.write(count++ == 0 ? "{\"result\":[" : ",");
        out.write(Json.write(request.fields().of(result)));
    }

    public long count() {
        return count;
    }

    /**
     * Ends the answer.
     *
     * @param next the position behind the last result, or null when there is nothing behind it
     * @param total how many results all pages have together, or -1 when nobody counted
     */
    public void end(@Nullable String next, long total) throws IOException {
        out.write(count == 0 ? "{\"result\":[]," : "],");
        out.write(Json.write(QueryAnswer.ending(request, count, next, total)).substring(1));
        out.flush();
    }
}
