using System.Globalization;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>What the receiver may have of an institution.</summary>
internal sealed class KnownInstitution
{
    private const string Import = "import";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private KnownInstitution()
    {
    }

    /// <summary>The newest sourceDateTime that was sent; none when nothing was.</summary>
    public DateTime? Sent { get; private set; }

    /// <summary>Of the last total.</summary>
    public string SchoolYear { get; private set; } = "";

    /// <summary>The name under which the import was made; null where an earlier version did not keep it.</summary>
    public string? Source { get; private set; }

    /// <summary>Whether a total was taken, so that differences make sense.</summary>
    public bool IsSynced { get; private set; }

    /// <summary>By id: the hash of what was sent, null where it is not known what the receiver has.</summary>
    public Dictionary<string, UInt128?> Groups { get; } = [];

    /// <inheritdoc cref="Groups"/>
    public Dictionary<string, UInt128?> Persons { get; } = [];

    private readonly Dictionary<string, string> _ids = [];

    public static string Text(DateTime time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static KnownInstitution Read(string number, KnownFiles before)
    {
        var institution = new KnownInstitution();
        var file = new ImportFile(number, ImportFileKind.Known);
        institution.Read(file.Name, before, institution.AddCurrent);
        institution.Read(file.Sibling(ImportFileKind.Gone).Name, before, institution.AddGone);
        return institution;
    }

    /// <summary>Writes what the receiver has once it has taken the import file.</summary>
    /// <param name="sync">Whether it is in step then: the file is a total, or one was taken before.</param>
    public static void Write(Stream stream, DateTime sent, string schoolYear, ImportSync sync, string source, IEnumerable<KnownLine> lines)
    {
        using var rows = KnownLine.Open(stream);
        KnownLine.Write(rows, Import, Text(sent), schoolYear, sync.ToString(), source);
        KnownLine.Write(rows, lines);
    }

    public static void WriteGone(Stream stream, IEnumerable<KnownLine> lines)
    {
        using var rows = KnownLine.Open(stream);
        KnownLine.Write(rows, lines);
    }

    /// <summary>A person's id by the register. Where it was not kept it is the local id, as it is by default.</summary>
    public string PersonOf(string localId) => _ids.GetValueOrDefault(localId) is { Length: > 0 } id ? id : localId;

    private void Read(string name, KnownFiles before, Action<KnownLine, bool, bool> add)
    {
        if (before.Find(name) is not { } stream)
        {
            return;
        }

        var (isConfirmed, refused) = (before.IsConfirmed(name), before.RefusedLines(name));
        var lines = new List<KnownLine>();
        foreach (var values in KnownLine.Read(stream))
        {
            if (values[0] == Import)
            {
                Sent = DateTime.ParseExact(values[1], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);
                (SchoolYear, Source) = (values[2], values.Length > 4 ? values[4] : null);
                IsSynced = Enum.Parse<ImportSync>(values[3]) is var sync && (sync == ImportSync.Before || (sync == ImportSync.Now && isConfirmed));
            }
            else
            {
                lines.Add(KnownLine.Parse(values));
            }
        }

        // A line that belongs to nobody may be anybody's.
        var isRefusedWhole = refused.Any(line => !lines.Any(row => row.Stands(line)));
        foreach (var line in lines)
        {
            _ids.TryAdd(line.Id, line.Person);
            add(line, isConfirmed && !isRefusedWhole, refused.Any(line.Stands));
        }
    }

    private void AddCurrent(KnownLine line, bool isConfirmed, bool isRefused)
    {
        var isKnown = !line.IsSent || (isConfirmed && !isRefused);
        (line.IsGroup ? Groups : Persons)[line.Id] = isKnown ? line.Hash : null;
    }

    private void AddGone(KnownLine line, bool isConfirmed, bool isRefused)
    {
        if (!isConfirmed || isRefused)
        {
            Persons.TryAdd(line.Id, null);
        }
    }
}

internal enum ImportSync
{
    /// <summary>No total was ever taken.</summary>
    Never,

    /// <summary>By an earlier total.</summary>
    Before,

    /// <summary>By this file, once it is confirmed.</summary>
    Now,
}
