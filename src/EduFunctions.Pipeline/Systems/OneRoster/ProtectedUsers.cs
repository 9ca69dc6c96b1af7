using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>By what protected users would be recognised; read once more, so that nobody else's values are kept until it is known who they are.</summary>
internal static class ProtectedUsers
{
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

    private static IEnumerable<PersonalValue> Values(EntityId id, OneRosterRows csv)
    {
        foreach (var (given, family) in new[] { ("givenName", "familyName"), ("preferredGivenName", "preferredFamilyName") })
        {
            if (csv[given].Length > 0 && csv[family].Length > 0)
            {
                yield return new PersonalValue(id, PersonalKind.Name, csv[given], csv[family]);
            }
        }

        foreach (var (column, kind) in new[]
        {
            ("username", PersonalKind.UserName), ("email", PersonalKind.Email), ("sms", PersonalKind.Phone), ("phone", PersonalKind.Phone),
            ("identifier", PersonalKind.Id), ("userMasterIdentifier", PersonalKind.Id),
        })
        {
            if (csv[column].Length > 0)
            {
                yield return new PersonalValue(id, kind, csv[column]);
            }
        }

        foreach (var entry in CsvValue.List(csv["userIds"]).Select(entry => entry.Trim('{', '}').Split(':', 2)).Where(entry => entry is [_, { Length: > 0 }]))
        {
            yield return new PersonalValue(id, PersonalKind.Id, entry[1]);
        }
    }
}
