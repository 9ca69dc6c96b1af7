namespace EduFunctions.Pipeline.Ledgers;

/// <summary>As much of an id as people compare by eye.</summary>
internal static class ShortId
{
    private const int Least = 8;
    private const string More = "…";

    public static string Of(string id) => Cut(id, Least);

    /// <summary>As much of it as no other one begins with.</summary>
    public static string Of(string id, IReadOnlyList<string> others)
    {
        var length = Least;
        while (length < id.Length && others.Any(other => other != id && other.StartsWith(id[..length], StringComparison.Ordinal)))
        {
            length++;
        }

        return Cut(id, length);
    }

    private static string Cut(string id, int length) => length + More.Length < id.Length ? id[..length] + More : id;
}
