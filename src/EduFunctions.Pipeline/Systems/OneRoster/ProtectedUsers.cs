using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>By what protected users would be recognised; read once more, so that nobody else's values are kept until it is known who they are.</summary>
internal static class ProtectedUsers
{
    private static readonly (string Name, PersonalKind Kind)[] Columns =
    [
        ("username", PersonalKind.UserName), ("email", PersonalKind.Email), ("sms", PersonalKind.Phone), ("phone", PersonalKind.Phone),
        ("identifier", PersonalKind.Identifier), ("userMasterIdentifier", PersonalKind.Identifier),
    ];

    public static async Task ReadAsync(Snapshot snapshot, IReadOnlySet<EntityId> people, SourceData data, CancellationToken ct)
    {
        foreach (var page in people.Count > 0 ? snapshot.Pages(CsvForm.Users.Name) : [])
        {
            await using var stored = await snapshot.OpenPageAsync(CsvForm.Users.Name, page, ct);
            using (var csv = new OneRosterRows(CsvForm.Users, stored.Body))
            {
                while (csv.Read())
                {
                    var id = CsvValue.Id(csv["sourcedId"]);
                    if (people.Contains(id))
                    {
                        data.PersonalValues.AddRange(Values(id, name => csv[name]));
                        data.Companions.AddRange(CsvValue.List(csv["agentSourcedIds"]).Select(agent => new Companion(id, CsvValue.Id(agent))).Where(agent => !agent.Id.IsNone));
                    }
                }
            }

            await stored.RequireWholeAsync(ct);
        }
    }

    /// <param name="field">The value of a column.</param>
    public static IEnumerable<PersonalValue> Values(EntityId id, Func<string, string> field) =>
    [
        .. PersonalNames.Of(
            id, [field("givenName"), field("preferredGivenName"), field("preferredMiddleName")], field("middleName"), [field("familyName"), field("preferredFamilyName")]),
        .. Columns.Where(column => field(column.Name).Length > 0).Select(column => new PersonalValue(id, column.Kind, field(column.Name))),
        .. UserIds.Of(field("userIds")).Select(entry => new PersonalValue(id, PersonalKind.Identifier, entry.Value)),
        .. UserIdentity.CivicNumbers(field).Select(number => new PersonalValue(id, PersonalKind.CivicNumber, number)),
    ];
}
