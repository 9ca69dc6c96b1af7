using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>Who and what of a roster the form can have.</summary>
internal sealed class OneRosterForm(Roster roster, OneRosterFeedSettings settings) : IUserForm
{
    private readonly OneRosterValues _values = new(roster, settings);

    public UserFindings Findings { get; } = new(OneRosterFindings.UserNameTaken, OneRosterFindings.ClassNameMissing, OneRosterFindings.NameShortened);

    public string? Refusal(int row) =>
        !OneRosterLimits.TakesId(roster.Persons[row].Id) ? OneRosterFindings.IdRefused
        : RefusalOf(_values.GivenName(row), OneRosterFindings.NameMissing)
            ?? RefusalOf(_values.FamilyName(row), OneRosterFindings.NameMissing)
            ?? RefusalOf(_values.UserName(row), OneRosterFindings.UserNameMissing);

    public string? Loss(int row) => _values.LosesValue(row) ? OneRosterFindings.ValueRefused : null;

    public SharedTexts.Reader UserNames() => new OneRosterValues(roster, settings).UserName;

    public bool IsTooLong(ReadOnlySpan<byte> name) => OneRosterLimits.IsTooLong(name);

    private static string? RefusalOf(ReadOnlySpan<byte> value, string ifMissing) =>
        value.IsEmpty ? ifMissing : OneRosterLimits.IsTooLong(value) ? OneRosterFindings.TooLong : null;
}
