using System.Text.Json.Nodes;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Simulators.Mail;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Watching;

/// <summary>A tenant whose people are told, night after night.</summary>
internal sealed class AlarmTown(AzuriteFixture storage, WebhookReceiver? chat, TimeProvider time)
{
    // Of its own: another test's tenants in the same storage must not be told to this one's chat.
    public string Id { get; init; } = $"t{Guid.NewGuid():n}";

    public string Format { get; init; } = "teams";

    public MailServer? Mail { get; init; }

    public string MailSecurity { get; init; } = "none";

    public Night Night(ISchoolData school)
    {
        var night = storage.Night(school).As(Id).Registering(services => services.AddSingleton(time));
        var alarms = new JsonObject();
        if (chat is not null)
        {
            night.Setting($"Secrets:{Id}-chat", chat.Address);
            alarms["webhooks"] = new JsonArray(new JsonObject { ["format"] = Format, ["url"] = new JsonObject { ["secret"] = $"{Id}-chat" } });
        }

        if (Mail is not null)
        {
            night.Setting($"Secrets:{Id}-mail", MailServer.Password);
            alarms["mail"] = new JsonObject
            {
                ["host"] = "127.0.0.1",
                ["port"] = Mail.Port,
                ["security"] = MailSecurity,
                ["username"] = MailServer.Username,
                ["password"] = new JsonObject { ["secret"] = $"{Id}-mail" },
                ["from"] = "edufunctions@kommun.example",
                ["to"] = new JsonArray("skola@kommun.example", "it@kommun.example"),
            };
        }

        return night.With("alarms", alarms);
    }

    /// <summary>A night without schools is held.</summary>
    public Night HeldNight() => Night(new JsonSchoolData());

    public Night GoodNight()
    {
        var school = new SchoolBuilder(Harness.Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        return Night(school.Data);
    }
}
