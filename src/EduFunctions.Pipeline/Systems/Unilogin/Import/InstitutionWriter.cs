using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Writes what an institution has to be told: a total, or who is gone and then who is new or changed; nothing when nothing is.</summary>
internal sealed class InstitutionWriter
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly UniloginImportSettings _settings;
    private readonly FeedFiles _files;
    private readonly ImportFile _known;
    private readonly KnownInstitution _before;
    private readonly IReadOnlyList<ImportBlock> _groups;
    private readonly IReadOnlyList<ImportBlock> _persons;
    private readonly string _name;
    private readonly string _schoolYear;
    private readonly bool _isTotalWanted;

    private DateTime _sent;

    public InstitutionWriter(string number, ImportContent content, FeedInput input, FeedFiles files)
    {
        (_settings, _files) = ((UniloginImportSettings)input.Settings, files);
        _known = new ImportFile(number, ImportFileKind.Known);
        _before = KnownInstitution.Read(number, input.Before);
        var institution = content.Institutions.Numbers.IndexOf(number);
        (_groups, _persons, _name) = institution < 0 ? ([], [], "")
            : (content.GroupBlocks(institution), content.PersonBlocks(institution), content.Institutions.Name(institution));
        _schoolYear = SchoolYear(input.Date);
        _isTotalWanted = input.IsTotal;

        // Whole seconds, and strictly newer than whatever was sent before, also when the clock has gone back.
        var started = new DateTime(input.Begun.UtcTicks / Tick.Ticks * Tick.Ticks, DateTimeKind.Utc);
        _sent = _before.Sent is { } last && last >= started ? last : started - Tick;
    }

    public void Write()
    {
        var current = _persons.Select(person => person.Key).ToHashSet(StringComparer.Ordinal);
        var gone = _before.Persons.Keys.Where(id => !current.Contains(id)).Order(StringComparer.Ordinal).ToList();
        var isTotal = _persons.Count > 0
            && (_isTotalWanted || _settings.Operation == UniloginImportSettings.Total || !_before.IsSynced || _before.SchoolYear != _schoolYear);
        var forgotten = isTotal ? [.. gone.Select(id => new KnownLine(IsGroup: false, id, default, _before.PersonOf(id)))] : WriteSlet(gone, _settings.Source);
        var changed = _persons.Where(person => isTotal || !IsKnown(_before.Persons, person)).Select(person => person.Key).ToHashSet(StringComparer.Ordinal);
        var isChanged = changed.Count > 0 || (_persons.Count > 0 && _groups.Any(group => !IsKnown(_before.Groups, group)));
        if (!isChanged && forgotten.Count == 0)
        {
            return;
        }

        var lines = isChanged ? WriteImport(isTotal ? ImportFileKind.Total : ImportFileKind.Delta, changed) : Unsent();
        var sync = isTotal ? ImportSync.Now : _before.IsSynced ? ImportSync.Before : ImportSync.Never;
        KnownInstitution.Write(_files.Keep(_known.Name), _sent, isTotal ? _schoolYear : _before.SchoolYear, sync, _settings.Source, lines);
        if (forgotten.Count > 0)
        {
            KnownInstitution.WriteGone(_files.Keep(_known.Sibling(ImportFileKind.Gone).Name), forgotten);
        }
    }

    /// <summary>Tells of nobody but who has to go, under the name that the import was made by.</summary>
    public void WriteLeaving(Leavers leavers) => WriteSlet(
        [.. _before.Persons.Keys.Where(id => leavers.Has(Encoding.UTF8.GetBytes(_before.PersonOf(id)))).Order(StringComparer.Ordinal)], _before.Source ?? _settings.Source);

    /// <summary>Who leaves is told first: a number that comes back under another id is free by then.</summary>
    private List<KnownLine> WriteSlet(List<string> gone, string source)
    {
        if (gone.Count == 0)
        {
            return [];
        }

        var document = Begin(source);
        var lines = gone.Select(id => document.Add(ImportBlock.Gone(id, _before.PersonOf(id)), isGroup: false)).ToList();
        document.Write(_files.Create(_known.Sibling(ImportFileKind.Slet).Name));
        return lines;
    }

    /// <summary>All groups stand in it, so that whatever its persons refer to is there.</summary>
    private List<KnownLine> WriteImport(ImportFileKind kind, HashSet<string> changed)
    {
        var document = Begin(_settings.Source);
        var lines = _groups.Select(group => document.Add(group, isGroup: true)).ToList();
        foreach (var person in _persons)
        {
            lines.Add(changed.Contains(person.Key) ? document.Add(person, isGroup: false) : new KnownLine(IsGroup: false, person.Key, person.Hash, person.Person));
        }

        document.Write(_files.Create(_known.Sibling(kind).Name));
        return lines;
    }

    private List<KnownLine> Unsent() =>
    [
        .. _groups.Select(group => new KnownLine(IsGroup: true, group.Key, group.Hash)),
        .. _persons.Select(person => new KnownLine(IsGroup: false, person.Key, person.Hash, person.Person)),
    ];

    private ImportDocument Begin(string source)
    {
        _sent += Tick;
        return new ImportDocument(_settings, source, _known.Institution, _name, _sent, _schoolYear);
    }

    private static bool IsKnown(Dictionary<string, UInt128?> known, ImportBlock block) => known.GetValueOrDefault(block.Key) == block.Hash;

    /// <summary>From August to July.</summary>
    private static string SchoolYear(DateOnly date)
    {
        const int August = 8;
        var year = date.Month >= August ? date.Year : date.Year - 1;
        return $"{year:0000}-{year + 1:0000}";
    }
}
