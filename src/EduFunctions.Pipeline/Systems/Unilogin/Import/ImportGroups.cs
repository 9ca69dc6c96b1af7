using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>The groups of all documents. Sections of one group with different subjects are one group here, by the row of the first.</summary>
internal sealed class ImportGroups
{
    private readonly Roster _roster;
    private readonly ImportInstitutions _institutions;
    private readonly int[] _ofSection;
    private readonly string?[] _types;

    public ImportGroups(Roster roster, UniloginImportSettings settings, ImportInstitutions institutions)
    {
        (_roster, _institutions) = (roster, institutions);
        _types = [.. roster.Vocabulary.GroupTypes.Select(type => settings.GroupTypes.GetValueOrDefault(type))];
        _ofSection = new int[roster.Sections.Count];
        var groups = new Dictionary<EntityId, int>();
        for (var section = 0; section < _ofSection.Length; section++)
        {
            ref readonly var row = ref roster.Sections[section];
            var isWanted = _types[row.GroupType] is not null && institutions.OfUnit(row.Unit) >= 0;
            _ofSection[section] = !isWanted ? -1 : groups.TryAdd(row.Group, section) ? section : groups[row.Group];
        }
    }

    /// <summary>-1 for a section that is in no document.</summary>
    public int OfSection(int section) => _ofSection[section];

    public bool IsFirst(int section) => _ofSection[section] == section;

    public int Institution(int group) => _institutions.OfUnit(_roster.Sections[group].Unit);

    public string Type(int group) => _types[_roster.Sections[group].GroupType]!;

    public bool IsMain(int group) => Type(group) == ImportValues.MainGroup;

    /// <summary>Unique at the institution: where the source has put the institution before it, without that.</summary>
    public string Id(int group)
    {
        var id = _roster.Sections[group].Group.ToString();
        var prefix = $"{_institutions.Numbers[Institution(group)]}-";
        return id.StartsWith(prefix, StringComparison.Ordinal) ? id[prefix.Length..] : id;
    }

    /// <summary>Empty when there is none that the receiver would take.</summary>
    public string Name(int group) => FullName(group) is var name && ImportText.Length(name) <= ImportText.LongestGroupName ? name : "";

    public void Report(FindingLog findings)
    {
        for (var section = 0; section < _ofSection.Length; section++)
        {
            if (IsFirst(section) && ImportText.Length(FullName(section)) > ImportText.LongestGroupName)
            {
                findings.Add(ImportFindings.GroupNameTooLong, EntityKind.Group, _roster.Sections[section].Group);
            }
        }
    }

    private string FullName(int group) => ImportText.Clean(_roster.Texts.ToString(_roster.Sections[group].Name));
}
