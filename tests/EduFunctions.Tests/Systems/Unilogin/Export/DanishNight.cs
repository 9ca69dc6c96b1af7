using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>Nights of Danish tenants.</summary>
internal static class DanishNight
{
    public static ExportFormat Full7 { get; } = new(7, ExportPackage.Fuld);

    public static Night Danish(this AzuriteFixture azurite, params IEnumerable<DanishInstitution> schools) => azurite.Danish(Full7, schools);

    public static Night Danish(this AzuriteFixture azurite, ExportFormat format, params IEnumerable<DanishInstitution> schools) =>
        azurite.Danish(schools.ToDictionary(school => school.Number, school => new ExportDocument(school, format).Answer()));

    /// <summary>One institution with a document written by hand.</summary>
    public static Night Danish(this AzuriteFixture azurite, string document) =>
        azurite.Danish(new Dictionary<string, byte[]> { ["999001"] = Encoding.UTF8.GetBytes(document) });

    public static Night Danish(this AzuriteFixture azurite, IReadOnlyDictionary<string, byte[]> documents) =>
        azurite.Night(new SchoolBuilder(Night.Today)).Danish(documents);

    /// <summary>These answers instead of the night's own school.</summary>
    public static Night Danish(this Night night, IReadOnlyDictionary<string, byte[]> documents) => night
        .From(new JsonObject
        {
            ["type"] = "unilogin",
            ["version"] = 6,
            ["endpoint"] = "https://wsieksport.unilogin.example/wsieksport-v6/ws",
            ["package"] = "fuld",
            ["institutions"] = new JsonArray([.. documents.Keys.Select(number => (JsonNode)number)]),
            ["username"] = "demo",
            ["password"] = new JsonObject { ["secret"] = TenantJson.SourceSecret },
        })
        .With("timeZone", "Europe/Copenhagen")
        .Registering(services => services
            .RemoveAll<ISource>()
            .AddSingleton<ISource, EduCloudSource>()
            .AddSingleton<UniloginSource>()
            .AddSingleton<ISource>(provider => new PreparedInstitutions(documents, provider.GetRequiredService<UniloginSource>())));

    /// <summary>A school with a class and its teacher, to which a test adds what it is about.</summary>
    public static DanishInstitution School(string number = "999001")
    {
        var school = new DanishInstitution(number, $"Skolen {number}");
        school.Imports.Add(new DanishImport("DEMO-SIS", "2026-2027"));
        school.Groups.Add(new DanishGroup("7A", "Hovedgruppe") { Name = "7.A" });
        school.Members.Add(new DanishMember(Person("laer0001")) { Employee = new DanishEmployee("Lærer") { Groups = ["7A"] } });
        return school;
    }

    public static DanishPerson Person(string userId) => new(userId, $"Fornavn{userId}", $"Efternavn{userId}") { Email = $"{userId}@skole.example" };

    public static DanishMember Pupil(string userId, params IReadOnlyList<DanishContact> contacts) => Pupil(Person(userId), contacts);

    public static DanishMember Pupil(DanishPerson person, params IReadOnlyList<DanishContact> contacts) =>
        new(person) { Student = new DanishStudent("7", "7A") { Contacts = contacts } };
}
