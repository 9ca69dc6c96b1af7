using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>A tenant's choices in the form the rules ask them: sets over the numbers of the vocabularies.</summary>
public sealed class RuleSettings
{
    private readonly EligibilitySettings _settings;
    private readonly bool[] _unitTypes;
    private readonly bool[] _guardianRelations;
    private readonly bool[] _contactRelations;
    private readonly bool[] _groupTypes;
    private readonly HashSet<short> _municipalities;
    private readonly ulong _schoolTypes;
    private readonly HashSet<EntityId>? _groups;
    private readonly HashSet<EntityId>? _units;
    private readonly HashSet<string> _unitCodes;

    public RuleSettings(EligibilitySettings settings, Vocabularies vocabularies)
    {
        _settings = settings;
        _unitTypes = Set(vocabularies.UnitTypes, settings.UnitTypes);
        _guardianRelations = Set(vocabularies.Relations, settings.GuardianRelations);
        _contactRelations = Set(vocabularies.Relations, settings.ContactRelations);
        _groupTypes = Set(vocabularies.GroupTypes, settings.GroupTypes);
        _municipalities = [.. settings.Municipalities.Select(code => MunicipalityCode.Parse(Encoding.UTF8.GetBytes(code))).Where(code => code >= 0)];
        _schoolTypes = SchoolTypeSet.Of(vocabularies.SchoolTypes, settings.SchoolTypes);
        _units = Ids(settings.Selection?.Units);
        _unitCodes = [.. settings.Selection?.Units ?? []];
        _groups = Ids(settings.Selection?.Groups);
    }

    public bool DutiesAtParents => _settings.DutiesAtParents;

    public bool ByMunicipality => _settings.Municipalities.Count > 0;

    public bool BySchoolType => _settings.SchoolTypes.Count > 0;

    public bool ByProperty => _settings.Selection?.Property is not null;

    /// <summary>Whether somebody without any marking on the own record may pass.</summary>
    public bool AcceptsAbsentMarking => _settings.AcceptUnmarkedProtection || _settings.UnknownSecurityMarking == "include";

    public bool AcceptsUnmarkedPull => _settings.AcceptUnmarkedProtection;

    public bool IncludesExtern => _settings.IncludeExtern;

    /// <summary>Whether contact persons of this relation count without custody too.</summary>
    public bool IsContactRelation(byte relation) => _contactRelations[relation];

    public bool ListsGroupType(byte type) => _groupTypes[type];

    public bool IsUnitType(byte type) => type != 0 && _unitTypes[type];

    public bool IsGuardianRelation(byte relation) => relation != 0 && _guardianRelations[relation];

    public bool HasMunicipality(short code) => _municipalities.Contains(code);

    public bool HasSchoolType(ulong types) => (_schoolTypes & types) != 0;

    public bool ListsUnit(EntityId id, string schoolUnitCode) => _units is null || _units.Contains(id) || _unitCodes.Contains(schoolUnitCode);

    public bool ListsGroup(EntityId id) => _groups is null || _groups.Contains(id);

    private static bool[] Set(Vocabulary vocabulary, IEnumerable<string> values)
    {
        var set = new bool[byte.MaxValue + 1];
        foreach (var value in values)
        {
            // The last number is shared by values without end, so it is on no list.
            set[vocabulary.Number(value)] = vocabulary.Number(value) < Vocabulary.Shared;
        }

        return set;
    }

    private static HashSet<EntityId>? Ids(IEnumerable<string>? texts) =>
        texts is null ? null : [.. texts.Select(text => EntityId.TryRead(Encoding.UTF8.GetBytes(text), out var id) ? id : default)];
}
