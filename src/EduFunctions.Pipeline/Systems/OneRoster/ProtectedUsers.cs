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

    public static async Task ReadAsync(Snapshot snapshot, SourceData data, CancellationToken ct)
    {
        foreach (var page in data.ProtectedIds.Count > 0 ? snapshot.Pages(CsvForm.Users.Name) : [])
        {
            await using var stored = await snapshot.OpenPageAsync(CsvForm.Users.Name, page, ct);
            using (var csv = new OneRosterRows(CsvForm.Users, stored.Body))
            {
                while (csv.Read())
                {
                    var id = CsvValue.Id(csv["sourcedId"]);
                    if (data.ProtectedIds.Contains(id))
                    {
                        data.PersonalValues.AddRange(Values(id, csv));
                    }
                }
            }

            await stored.RequireWholeAsync(ct);
        }
    }

    private static IEnumerable<PersonalValue> Values(EntityId id, OneRosterRows csv) =>
    [
        .. PersonalNames.Of(
            id, [csv["givenName"], csv["preferredGivenName"], csv["preferredMiddleName"]], csv["middleName"], [csv["familyName"], csv["preferredFamilyName"]]),
        .. Columns.Where(column => csv[column.Name].Length > 0).Select(column => new PersonalValue(id, column.Kind, csv[column.Name])),
        .. UserIds.Of(csv["userIds"]).Select(entry => new PersonalValue(id, PersonalKind.Identifier, entry.Value)),
    ];
}
