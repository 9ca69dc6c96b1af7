namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Where 64 bytes of a row are cut into words although nothing stands between them: <c>AlvaBerglund4B</c>, <c>STÖDAlva</c>, <c>alva.berglund2</c>, <c>SE20130109</c>. Runs too
/// short to be a name or a number stay whole, so that ids of hex digits are seldom cut.
/// </summary>
internal readonly struct WordCuts
{
    public WordCuts(ulong capitals, ulong small, ulong digits, ulong others)
    {
        var letters = capitals | small | others;

        // A number of six digits, a name of three letters; of two where a word begins with it.
        var twoDigits = digits & (digits >> 1);
        var numberBehind = twoDigits & (twoDigits >> 2) & (twoDigits >> 4);
        var numberBefore = numberBehind << 6;
        var twoLetters = letters & (letters >> 1);
        var nameBehind = twoLetters & (letters >> 2);
        var nameBefore = (twoLetters << 2) & ((letters << 3) | ~((letters | digits) << 3));

        // Behind capitals one small letter is the ending of a genitive: BERGLUNDs.
        All = ((digits << 1) & (nameBehind | (numberBefore & letters)))
            | ((letters << 1) & (numberBehind | (nameBefore & digits)))
            | (capitals & ((small << 1) | ((capitals << 1) & (small >> 1) & (small >> 2))));
    }

    /// <summary>The first byte of each part but the first.</summary>
    public ulong All { get; }
}
