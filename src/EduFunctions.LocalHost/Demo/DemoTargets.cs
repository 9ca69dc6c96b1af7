using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.Unilogin;

namespace EduFunctions.LocalHost.Demo;

/// <summary>The systems that the demo's municipalities feed.</summary>
internal sealed record DemoTargets(DropBox DropBox, string DropBoxUser, LearnServer Learn, UniloginServer Unilogin)
{
    /// <summary>Fills in what a tenant file cannot know beforehand.</summary>
    public void PointAt(JsonNode delivery)
    {
        switch ((string?)delivery["type"])
        {
            case "uniloginImport":
                delivery["endpoint"] = Unilogin.Endpoint(version: 8, "wsaimport");
                delivery["providerSystemId"] = DemoValues.SystemId;
                break;
            case "blackboard":
                delivery["baseUrl"] = Learn.BaseUrl;
                delivery["username"] = Learn.Integrations[0].Username;
                break;
            default:
                delivery["host"] = "127.0.0.1";
                delivery["port"] = DropBox.Port;
                delivery["username"] = DropBoxUser;
                delivery["hostKeys"] = new JsonArray([.. DropBox.HostKeyFingerprints.Select(key => JsonValue.Create(key))]);
                break;
        }
    }
}
