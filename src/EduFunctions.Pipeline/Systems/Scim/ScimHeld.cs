using System.Globalization;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What is remembered of a resource that the server may have: a hash, since when it rests, and ids; nothing else of anybody.</summary>
/// <param name="Hash">Of its attributes; empty where they may be others.</param>
/// <param name="Since">The day on which it was let rest; empty for what is in use.</param>
/// <param name="IsResting">Whether it certainly rests.</param>
internal sealed record ScimHeld(ScimType Type, string Id, string Hash, string Since, bool IsResting)
{
    public const string FileName = "scim.held.csv";

    private const char Kept = '=';
    private const char Came = '+';
    private const char Went = '-';
    private const string Deleted = "deleted";
    private const string InUse = "";

    /// <summary>Whom it certainly lists.</summary>
    public IReadOnlySet<string> Has { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whom it may list.</summary>
    public IReadOnlyList<string> MayHave { get; private init; } = [];

    /// <summary>What may be there, by what the delivery begun last was to make of it.</summary>
    public static IEnumerable<ScimHeld> Read(KnownFiles before)
    {
        if (before.Find(FileName) is not { } content)
        {
            return [];
        }

        var (isConfirmed, refused) = (before.IsConfirmed(FileName), before.RefusedLines(FileName).ToHashSet());
        return Rfc4180.Read(content).Select(row => Of(row, line => isConfirmed && !refused.Contains(line))).OfType<ScimHeld>();
    }

    /// <summary>A row of the file that says what the server has once it has taken these lines.</summary>
    /// <param name="lines">Of the feed's file that are about it.</param>
    public static string[] Brought(ScimResource resource, IReadOnlyList<int> lines, IReadOnlyCollection<string> added, IEnumerable<string> gone) =>
        [resource.Type.Endpoint, resource.Id, Joined(lines), resource.Hash, InUse, .. resource.Links.Select(id => $"{(added.Contains(id) ? Came : Kept)}{id}"), .. gone.Select(id => $"{Went}{id}")];

    public string[] Resting(string since, IReadOnlyList<int> lines) => [Type.Endpoint, Id, Joined(lines), Hash, since, .. lines.Count == 0 ? [] : MayHave.Select(id => $"{Went}{id}")];

    public string[] Leaving(IReadOnlyList<int> lines) => [Type.Endpoint, Id, Joined(lines), Deleted, Since, .. MayHave.Select(id => $"{Kept}{id}")];

    private static string Joined(IEnumerable<int> lines) => string.Join(' ', lines.Select(line => line.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Null for what is gone.</summary>
    private static ScimHeld? Of(string[] row, Func<int, bool> isTaken)
    {
        var isSure = row[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).All(line => isTaken(int.Parse(line, CultureInfo.InvariantCulture)));
        var (hash, since) = (row[3] == Deleted || !isSure ? "" : row[3], row[4]);
        return row[3] == Deleted && isSure ? null : new ScimHeld(ScimType.Find(row[0])!, row[1], hash, since, since.Length > 0 && (isSure || row[3] == Deleted))
        {
            Has = Links(row, mark => mark == Kept || (isSure && mark == Came)).ToHashSet(StringComparer.Ordinal),
            MayHave = [.. Links(row, mark => !isSure || mark != Went)],
        };
    }

    private static IEnumerable<string> Links(string[] row, Predicate<char> counts) => row[5..].Where(link => counts(link[0])).Select(link => link[1..]);
}
