using System.Globalization;
using System.IO.Hashing;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// What is remembered of a resource that the server may have: hashes, since when it rests, ids, and by what it is recognised as long as it may be there: whoever
/// is protected by then must not be.
/// </summary>
/// <param name="Hash">Of its attributes; empty where they may be others.</param>
/// <param name="Since">The day on which it was let rest; empty for what is in use.</param>
/// <param name="IsResting">Whether it certainly rests.</param>
internal sealed record ScimHeld(ScimType Type, string Id, string Hash, string Since, bool IsResting)
{
    public const string FileName = "scim.held.csv";

    private const char Kept = '=';
    private const char Came = '+';
    private const char Went = '-';
    private const char Named = '!';
    private const char WasNamed = '~';
    private const char LeftOn = '#';
    private const char LiesAt = '>';
    private const char Says = '"';
    private const char Said = '\'';
    private const string NamesakeMark = "*";
    private const string MustGoMark = "^";
    private const int FirstLink = 5;
    private const string Deleted = "deleted";
    private const string InUse = "";

    /// <summary>Whom it certainly lists.</summary>
    public IReadOnlySet<string> Has { get; private init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whom it may list.</summary>
    public IReadOnlyList<string> MayHave { get; private init; } = [];

    /// <summary>The day on which what is gone was deleted; empty for what may be there.</summary>
    public string GoneSince { get; private init; } = "";

    /// <summary>Hashes of the user names that it may have.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>By what it may be recognised there; nothing in what an earlier release has written.</summary>
    public IReadOnlyList<string> Texts { get; private init; } = [];

    /// <summary>Whether it had the name of somebody protected when it went, and is known to be of somebody else.</summary>
    public bool IsNamesake { get; private init; }

    /// <summary>Whether it may be there, or be there again, as something that told of somebody, so that it was to be deleted, or called otherwise.</summary>
    public bool MustGo { get; private init; }

    /// <summary>Whether the server was told to delete it, and is not known to have done so.</summary>
    public bool IsToldToGo { get; private init; }

    /// <summary>Since when it rests.</summary>
    public DateOnly RestsSince => DateOnly.ParseExact(Since, DayAttribute.Form, CultureInfo.InvariantCulture);

    /// <summary>The server's id of who rests, where it is known: a server may list and find only who is active.</summary>
    public string? Place { get; private init; }

    /// <summary>What may be there, by what the delivery begun last was to make of it; and what is gone, since when.</summary>
    public static (IReadOnlyList<ScimHeld> There, IReadOnlyList<ScimHeld> Gone) Read(KnownFiles before)
    {
        if (before.Find(FileName) is not { } content)
        {
            return ([], []);
        }

        var (isConfirmed, refused) = (before.IsConfirmed(FileName), before.RefusedLines(FileName).ToHashSet());
        var all = Rfc4180.Read(content).Select(row => Of(row, line => isConfirmed && !refused.Contains(line)))
            .Select(held => held.Type.IsPerson && before.PlaceOf(FileName, KeyOf(held.Id)) is { } place ? held with { Place = place } : held).ToLookup(held => held.Hash == Deleted);
        return ([.. all[false]], [.. all[true]]);
    }

    /// <summary>Of a user name, the same in any case.</summary>
    public static string HashOf(ReadOnlySpan<byte> name) => ((ulong)CaseFold.Hash(name)).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>What stands for an id where that itself might tell of somebody.</summary>
    public static string KeyOf(string id) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(id)).ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>Whether it certainly has the user name.</summary>
    public bool IsNamed(string name) => Names is [var only] && only == name;

    /// <summary>A row of the file that says what the server has once it has taken these lines.</summary>
    /// <param name="lines">Of the feed's file that are about it.</param>
    /// <param name="names">What it may have been called, where it is called otherwise from now on.</param>
    /// <param name="texts">By what it may have been recognised, none of which tells of anybody.</param>
    /// <param name="told">Whether one of them did.</param>
    public static string[] Brought(ScimResource resource, IReadOnlyList<int> lines, IReadOnlyCollection<string> added, IEnumerable<string> gone, IEnumerable<string> names,
        IEnumerable<string> texts, bool told) =>
    [
        resource.Type.Endpoint, resource.Id, Joined(lines), resource.Hash, InUse,
        .. resource.Links.Select(id => $"{(added.Contains(id) ? Came : Kept)}{id}"), .. gone.Select(id => $"{Went}{id}"), .. Called(resource.UserName, names),
        $"{Says}{resource.Text}", .. texts.Where(text => text != resource.Text).Select(text => $"{Said}{text}"), .. told ? [MustGoMark] : Array.Empty<string>(),
    ];

    /// <param name="isAside">Whether one of the lines takes its user name away.</param>
    /// <param name="isNamesake">Whether it has the name of somebody protected and is of somebody else.</param>
    public string[] Resting(string since, IReadOnlyList<int> lines, bool isAside, bool isNamesake) =>
    [
        Type.Endpoint, Id, Joined(lines), Hash, since, .. lines.Count == 0 ? [] : MayHave.Select(id => $"{Went}{id}"),
        .. isAside ? Called(Id, Names) : Names.Select(name => $"{Named}{name}"), .. Texts.Select(text => $"{Says}{text}"), .. isNamesake ? [NamesakeMark] : Array.Empty<string>(), .. Lying(),
    ];

    /// <param name="day">Today, or for what has been gone before, since then.</param>
    /// <param name="mustGo">Whether it tells of somebody, so that it is deleted again until it is gone. What told is not kept.</param>
    public string[] Leaving(IReadOnlyList<int> lines, string day, bool mustGo) =>
    [
        Type.Endpoint, Id, Joined(lines), Deleted, Since, .. MayHave.Select(id => $"{Kept}{id}"), .. Names.Select(name => $"{Named}{name}"), $"{LeftOn}{day}",
        .. mustGo ? [MustGoMark] : Texts.Select(text => $"{Says}{text}"), .. Lying(),
    ];

    private string[] Lying() => Place is null ? [] : [$"{LiesAt}{Place}"];

    private static IEnumerable<string> Called(string? name, IEnumerable<string> before)
    {
        if (name is null)
        {
            return [];
        }

        var now = HashOf(Encoding.UTF8.GetBytes(name));
        return [$"{Named}{now}", .. before.Where(other => other != now).Select(other => $"{WasNamed}{other}")];
    }

    private static string Joined(IEnumerable<int> lines) => string.Join(' ', lines.Select(line => line.ToString(CultureInfo.InvariantCulture)));

    private static ScimHeld Of(string[] row, Func<int, bool> isTaken)
    {
        var isSure = row[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).All(line => isTaken(int.Parse(line, CultureInfo.InvariantCulture)));
        var (isDeleted, since) = (row[3] == Deleted, row[4]);
        return isDeleted && isSure
            ? new ScimHeld(ScimType.Find(row[0])!, row[1], Deleted, "", IsResting: false)
            {
                GoneSince = Links(row, mark => mark == LeftOn).FirstOrDefault(""),
                MustGo = Array.IndexOf(row, MustGoMark, FirstLink) >= 0,
            }
            : new ScimHeld(ScimType.Find(row[0])!, row[1], isSure ? row[3] : "", since, since.Length > 0 && (isSure || isDeleted))
            {
                Has = Links(row, mark => mark == Kept || (isSure && mark == Came)).ToHashSet(StringComparer.Ordinal),
                MayHave = [.. Links(row, mark => mark is Kept or Came || (!isSure && mark == Went))],
                Names = [.. Links(row, mark => mark == Named || (!isSure && mark == WasNamed))],
                Texts = [.. Links(row, mark => mark == Says || (!isSure && mark == Said)).Where(text => text.Length > 0)],
                IsNamesake = Array.IndexOf(row, NamesakeMark, FirstLink) >= 0,
                IsToldToGo = isDeleted,
                MustGo = !isSure && Array.IndexOf(row, MustGoMark, FirstLink) >= 0,
                Place = Links(row, mark => mark == LiesAt).FirstOrDefault(),
            };
    }

    private static IEnumerable<string> Links(string[] row, Predicate<char> counts) => row[FirstLink..].Where(link => counts(link[0])).Select(link => link[1..]);
}
