package dev.concord.script.plain;

/** Something that is done. */
@FunctionalInterface
interface Statement {

    /** Does it; answers whether the function ends here, with {@link Evaluation#completion} as its value. */
    boolean ends(Evaluation in);
}
