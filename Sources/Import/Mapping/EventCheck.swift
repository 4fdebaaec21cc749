import Claims
import JSON

/// Checks events as the daemon does.
enum EventCheck {
  /// Why the daemon would refuse an event; nil where it would not.
  static func error(in bytes: [UInt8]) -> (pointer: String, message: String)? {
    do throws(JSONError) {
      let root = try JSONParser().parse(bytes).root
      do throws(EventError) {
        _ = try Event(root)
        return nil
      } catch {
        return (error.pointer, error.message)
      }
    } catch {
      return (error.pointer.text, error.reason)
    }
  }
}
