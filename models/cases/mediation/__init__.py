"""调解: both sides are asked, a mediator is named, what happens at each session is recorded (Order 121 Art 18–25)."""
