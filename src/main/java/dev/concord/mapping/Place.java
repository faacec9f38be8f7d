package dev.concord.mapping;

/**
 * Where something stands in the definitions: the file relative to {@code jobs/}, the line (1-based; 0 when unknown) and
 * the JSON pointer inside the file.
 */
public record Place(String file, int line, String pointer) {

    @Override
    public String toString() {
        return (line > 0 ? file + ":" + line : file) + (pointer.isEmpty() ? "" : " " + pointer);
    }
}
