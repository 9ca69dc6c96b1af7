using EduFunctions.Simulators.Unilogin;
using EduFunctions.Simulators.Unilogin.Logins;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Unilogin.Export;

namespace EduFunctions.Tests.Systems.Unilogin.Logins;

/// <summary>A night over what the services for lookups know, so that what a test changes afterwards is what has changed since.</summary>
internal static class LoginNight
{
    /// <param name="markings">The value of <c>protected</c> by user id, where it is not false; null leaves it out.</param>
    /// <returns>The run.</returns>
    public static async Task<string> NightAsync(this LoginTown town, AzuriteFixture azurite, params IEnumerable<(string UserId, string? Protected)> markings)
    {
        var marked = markings.ToDictionary(marking => marking.UserId, marking => marking.Protected);
        var schools = new[] { Worlds.North, Worlds.South }.Select(number => School(town.World, number, marked));
        return (await azurite.Danish(schools).As(town.Id).Dry().RunAsync()).Run.Run;
    }

    private static DanishInstitution School(LookupWorld world, string number, Dictionary<string, string?> marked)
    {
        var school = new DanishInstitution(number, world.Institutions.Single(known => known.Number == number).Name);
        school.Imports.Add(new DanishImport("DEMO-SIS", "2026-2027"));
        school.Groups.AddRange(world.Groups.Where(group => group.Institution == number).Select(group => new DanishGroup(group.Id, group.Type)
        {
            Name = group.Name,
            From = group.From,
            To = group.To,
        }));
        school.Members.AddRange(world.Users.Where(user => user.Institution == number).Select(user => new DanishMember(Person(user.Id, user.Name, marked))
        {
            Student = user.Kind == "elev" ? Student(world, user, marked) : null,
            Employee = user.Kind == "ansat" ? new DanishEmployee(user.Roles) { Groups = user.Groups } : null,
            Extern = user.Kind == "ekstern" ? new DanishExtern(user.Roles[0]) { Groups = user.Groups } : null,
        }));
        return school;
    }

    private static DanishStudent Student(LookupWorld world, WorldUser user, Dictionary<string, string?> marked) => new(user.Level!, user.MainGroup!)
    {
        Groups = user.Groups,
        Contacts =
        [
            .. world.Contacts.Where(contact => contact.Institution == user.Institution && contact.Student == user.Id)
                .Select(contact => new DanishContact(Person(contact.Id, contact.Name, marked), contact.Relation, contact.Custody ? "true" : "false")),
        ],
    };

    private static DanishPerson Person(string userId, string name, Dictionary<string, string?> marked)
    {
        var names = name.Split(' ');
        return new DanishPerson(userId, names[0], names[1]) { Protected = marked.GetValueOrDefault(userId, "false") };
    }
}
