package dev.concord.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command speaks to: results go to {@code out}, all else to {@code err}.
 *
 * @param outIsTerminal whether a person looks at {@code out}: then lines are cut to {@code columns} and may have
 *     colours
 * @param errIsTerminal likewise for {@code err}: then progress may be redrawn in place
 * @param columns how wide the terminal is
 * @param colours whether colours are wanted at all
 * @param command how the user calls Concord, for hints that can be copied
 */
record Screen(
        PrintWriter out,
        PrintWriter err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int columns,
        boolean colours,
        String command) {

    private static final int USUAL_COLUMNS = 100;
    private static final int FEWEST_COLUMNS = 40;

    /**
     * The process's own streams. The launcher says which of them are terminals, because Java cannot tell them apart.
     */
    static Screen ofProcess() {
        List<String> terminals =
                List.of(System.getProperty("concord.terminals", "").split(","));
        String noColour = System.getenv("NO_COLOR");
        boolean colours = (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new Screen(
                writer(FileDescriptor.out, System.out.charset()),
                writer(FileDescriptor.err, System.err.charset()),
                terminals.contains("out"),
                terminals.contains("err"),
                Math.max(FEWEST_COLUMNS, Integer.getInteger("concord.columns", USUAL_COLUMNS)),
                colours,
                System.getProperty("concord.command", "concord"));
    }

    private static PrintWriter writer(FileDescriptor stream, Charset charset) {
        return ResultWriter.on(new FileOutputStream(stream), charset);
    }

    /** One line of the result. */
    void result(String line) {
        out.println(line);
    }

    /** Results that are already put together. */
    void result(List<String> lines) {
        lines.forEach(out::println);
    }

    /** One line beside the result, seen at once, and after the results so far. */
    void say(String line) {
        out.flush();
        err.println(line);
        err.flush();
    }

    /** A message about something that went wrong. */
    void complain(String message) {
        say((colours && errIsTerminal ? Ink.BAD.paint("concord:") : "concord:") + " " + message);
    }

    String paint(Ink ink, String text) {
        return colours && outIsTerminal ? ink.paint(text) : text;
    }

    /** How wide a line of the result may be. */
    int width() {
        return outIsTerminal ? columns : Integer.MAX_VALUE;
    }

    /** The same screen for texts that are laid out for people, whoever reads them: no wider than that. */
    Screen page(int widest) {
        return new Screen(out, err, true, errIsTerminal, Math.min(widest, columns), colours && outIsTerminal, command);
    }

    /** Whether nobody reads the results any more, as when the output is piped into {@code head}. */
    boolean nobodyReads() {
        return out.checkError();
    }

    /** Why the results did not all arrive, or null. */
    @Nullable
    String lost() {
        return out instanceof ResultWriter writer ? writer.lost() : null;
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
